import { Faults } from '../../server/faults.ts';
import { createLog } from '../../server/log.ts';

/** Contains nothing: in a test a fault of the product is a failure, where it happens. */
export const strictFaults = (): Faults =>
  Object.assign(new Faults(createLog('silent')), {
    tell(fault: unknown): never {
      throw fault;
    },
  });
