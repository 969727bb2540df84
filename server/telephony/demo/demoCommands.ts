import { ROLES } from '../../../machines/vocabulary/index.ts';
import { command, type Command } from '../../commands.ts';
import { demoCommands as schemas, type DemoCommands } from '../../contract/index.ts';
import type { DemoControl } from './control.ts';

/** The demonstration's buttons as commands of the product: open to everybody who is signed in. */
export const demoCommands = (control: DemoControl): Readonly<Record<string, Command>> =>
  Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      command(schema, ROLES, (input) => {
        control.run(name as keyof DemoCommands, input);
      }),
    ]),
  );
