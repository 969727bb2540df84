import '@mantine/core/styles/default-css-variables.css';
import './mantine.css';
import { MantineProvider, type MantineColorSchemeManager } from '@mantine/core';
import type { ReactNode } from 'react';
import { chooseScheme, chosenScheme } from './scheme.ts';
import { theme } from './theme.ts';

let stop: (() => void) | undefined;
/** Mantine asks us for the theme and tells us when one of its own hooks changes it. */
const manager: MantineColorSchemeManager = {
  get: () => chosenScheme.get(),
  set: chooseScheme,
  subscribe(onUpdate) {
    stop = chosenScheme.subscribe(() => onUpdate(chosenScheme.get()));
  },
  unsubscribe() {
    stop?.();
    stop = undefined;
  },
  clear: () => chooseScheme('auto'),
};

/**
 * What Mantine's parts need around them. Pages have it unless they are `plain`; the operator's first load does without,
 * and its dialogs bring it along.
 */
export function MantineRoot({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={manager}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  );
}
