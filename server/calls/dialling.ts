import { AppError, type DeviceId, type OperatorId } from '../../machines/vocabulary/index.ts';
import type { Exchange } from '../telephony/exchange.ts';

/** Rings the operator's telephone first, then the number; the token comes back in `call.started`. */
export interface Dialler {
  dial(request: { readonly operatorId: OperatorId; readonly number: string; readonly token: string }): Promise<void>;
}

export const dialling = (setup: {
  readonly exchanges: { of(device: DeviceId): Pick<Exchange, 'originate'> };
  readonly operators: { deviceOf(operatorId: OperatorId): DeviceId | undefined };
  readonly callerId: string;
}): Dialler => ({
  async dial({ operatorId, number, token }) {
    const device = setup.operators.deviceOf(operatorId);
    if (!device) throw new AppError('people.noDevice', 'choose a telephone first', { kind: 'user' });
    await setup.exchanges.of(device).originate({ device, number, token, callerId: setup.callerId });
  },
});
