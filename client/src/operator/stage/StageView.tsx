import { usePanel } from '../panelContext.ts';
import { ConsultStage } from './ConsultStage.tsx';
import { DeviceStage } from './DeviceStage.tsx';
import { HeldStage } from './HeldStage.tsx';
import { ConsentStage, NamingStage } from './HoldNaming.tsx';
import { IdleStage } from './IdleStage.tsx';
import { ScriptStage } from './ScriptStage.tsx';
import { TransferringStage } from './TransferringStage.tsx';
import { WrapUpStage } from './WrapUpStage.tsx';

/** The middle of the panel: one answer to "what do I say now?". */
export function StageView() {
  const { stage, call } = usePanel();
  switch (stage) {
    case 'device':
      return <DeviceStage />;
    case 'idle':
      return <IdleStage />;
    case 'ringing':
    case 'script':
      return <ScriptStage key={call?.callId} />;
    case 'naming':
      return <NamingStage />;
    case 'consent':
      return <ConsentStage />;
    case 'held':
      return <HeldStage />;
    case 'consulting':
      return <ConsultStage />;
    case 'transferring':
      return <TransferringStage />;
    case 'wrapUp':
      return <WrapUpStage key={call?.callId} />;
  }
}
