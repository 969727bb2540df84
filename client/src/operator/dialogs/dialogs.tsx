import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/Overlay.css';
import type { ComponentType } from 'react';
import { MantineRoot } from '../../shared/ui/MantineRoot.tsx';
import type { DialogName } from '../panelContext.ts';
import { AskHelpDialog } from './AskHelpDialog.tsx';
import { CallbackDialog } from './CallbackDialog.tsx';
import { ChannelsDialog } from './ChannelsDialog.tsx';
import { DeviceDialog } from './DeviceDialog.tsx';
import { DialDialog } from './DialDialog.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { HistoryDialog } from './HistoryDialog.tsx';
import { NoAnswerDialog } from './NoAnswerDialog.tsx';
import { PauseDialog } from './PauseDialog.tsx';
import { PromisesDialog } from './PromisesDialog.tsx';
import { RestartDialog } from './RestartDialog.tsx';
import { ScriptsDialog } from './ScriptsDialog.tsx';
import { SituationsDialog } from './SituationsDialog.tsx';
import { TransferDialog } from './TransferDialog.tsx';

const DIALOGS: Readonly<Record<DialogName, ComponentType>> = {
  transfer: TransferDialog,
  callback: CallbackDialog,
  promises: PromisesDialog,
  pause: PauseDialog,
  device: DeviceDialog,
  noAnswer: NoAnswerDialog,
  situations: SituationsDialog,
  channels: ChannelsDialog,
  scripts: ScriptsDialog,
  restart: RestartDialog,
  history: HistoryDialog,
  askHelp: AskHelpDialog,
  dial: DialDialog,
  help: HelpDialog,
};

export default function OpenDialog({ name }: { readonly name: DialogName }) {
  const Dialog = DIALOGS[name];
  return (
    <MantineRoot>
      <Dialog />
    </MantineRoot>
  );
}
