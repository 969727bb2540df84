import { createContext, useContext } from 'react';
import type { DemoCommands, DemoView } from '../../../server/contract/demo.ts';

export type SendDemo = <Name extends keyof DemoCommands>(name: Name, input: DemoCommands[Name]) => void;
export interface DemoTools {
  readonly view: DemoView;
  readonly send: SendDemo;
}
export const DemoContext = createContext<DemoTools | undefined>(undefined);

export function useDemo(): DemoTools {
  const tools = useContext(DemoContext);
  if (!tools) throw new Error('no demonstration above this component');
  return tools;
}
