import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.ts';
import { digitKeys } from '../logic/keys.ts';
import { useCommand, usePanel } from '../panelContext.ts';
import { DeviceList } from '../stage/DeviceList.tsx';
import { Refusal } from '../stage/Refusal.tsx';
import { Dialog } from './Dialog.tsx';

export function DeviceDialog() {
  const { t } = useTranslation('operator');
  const { session } = useSession();
  const { view, setUi } = usePanel();
  const { send, refused } = useCommand();
  const choose = (device: string): void => {
    void send('operator.chooseDevice', { device }).then((result) => {
      if (result.ok) setUi({ dialog: undefined });
    });
  };
  const { devices } = session;
  return (
    <Dialog title={t('device.title')} width={520} keys={digitKeys(devices, ({ device }) => choose(device))}>
      <DeviceList devices={devices} current={view.operator.device} onChoose={choose} />
      <Refusal refused={refused} />
    </Dialog>
  );
}
