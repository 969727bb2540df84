import { createContext } from 'react';
import type { DocumentFault } from '../../../../server/contract/siteDocuments.ts';
import type { Field, Source } from './shapes.ts';

export type Path = readonly (string | number)[];
/** What all fields of one document share. */
export interface FormTools {
  readonly faults: readonly DocumentFault[];
  readonly choices: Readonly<Record<Source, readonly { readonly value: string; readonly label: string }[]>>;
}
export const FormContext = createContext<FormTools>({
  faults: [],
  choices: { topics: [], situations: [], profiles: [], scripts: [] },
});

export const isUnder = (path: Path, fault: DocumentFault): boolean =>
  path.every((part, index) => fault.path[index] === part);

export interface OneProps<Of extends Field = Field> {
  readonly field: Of;
  readonly value: unknown;
  readonly path: Path;
  readonly onChange: (next: unknown) => void;
}
