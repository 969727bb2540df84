import '@xyflow/react/dist/style.css';
import {
  Background,
  Controls,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  type Connection,
  type Edge,
  type NodeChange,
} from '@xyflow/react';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { freeId, stepOf, withKey } from '../editor/document.ts';
import { leadKey, turnedTo, withoutLead, type Lead } from '../leads.ts';
import { LearningBar } from '../learning/LearningBar.tsx';
import { useLearning } from '../learning/useLearning.ts';
import studio from '../Studio.module.css';
import { useDesk } from '../studioContext.ts';
import { plainList, str } from '../texts.ts';
import { Follow } from './Follow.tsx';
import styles from './Graph.module.css';
import { LeadBar } from './LeadBar.tsx';
import { Columns, LeadEdge } from './LeadEdge.tsx';
import { drawnLeads, nextTo, type Places } from './places.ts';
import { StepBox, type StepNode } from './StepBox.tsx';
import { useColumns } from './useColumns.ts';
import { useLeadEdges } from './useLeadEdges.ts';
import { useKept } from './useKept.ts';
import { useMapKeys } from './useMapKeys.ts';
import { usePlaces } from './usePlaces.ts';
import { useNodesAt } from './useNodesAt.ts';
import { useStepNodes } from './useStepNodes.ts';

const ZOOM = 0.8;
/** Of the bars above, and half of a step: what stands that much higher is in the middle of the map. */
const TOP = 120;
const NODE_TYPES = { step: StepBox };
const EDGE_TYPES = { lead: LeadEdge };

/** The script as a map: the same document as the outline. Only what is in sight is drawn. */
export default function Graph({ search }: { readonly search: string }) {
  const { t } = useTranslation('studio');
  const { script } = useDesk().open;
  const [reactions, setReactions] = useState(false);
  const drawn = useMemo(() => drawnLeads(script.steps, reactions), [script.steps, reactions]);
  const leads = useKept(drawn, leadKey);
  const { places, tidy, move } = usePlaces(script.id, script.steps, leads);
  if (!places) return <p className={studio['wait']}>{t('wait')}</p>;
  return (
    <ReactFlowProvider>
      <Map search={search} leads={leads} places={places} onMove={move}>
        <label>
          <input type="checkbox" checked={reactions} onChange={(event) => setReactions(event.currentTarget.checked)} />
          {t('graph.reactions')}
        </label>
        <button type="button" onClick={tidy}>
          {t('graph.tidy')}
        </button>
      </Map>
    </ReactFlowProvider>
  );
}

/** By how much the pages magnify themselves on a large screen; the map does it by its own scale. */
const pageZoom = (): number => Number(getComputedStyle(document.documentElement).getPropertyValue('--zoom')) || 1;

interface MapProps {
  readonly search: string;
  readonly leads: readonly Lead[];
  readonly places: Places;
  readonly onMove: (moved: Places) => void;
  /** Of the bar above. */
  readonly children: ReactNode;
}
function Map({ search, leads, places, onMove, children }: MapProps) {
  const { t } = useTranslation('studio');
  const { open, chosen, choose, setStep } = useDesk();
  const { head } = open.script;
  const [picked, setPicked] = useState<string>();
  const learning = useLearning(open.draft.scriptId);
  const drawn = useStepNodes({ search, learning });
  const nodes = useNodesAt(drawn, places);

  const edges = useLeadEdges({ leads, picked, learning });
  const { columns, dragged } = useColumns(places);

  // The first step stands at the left edge, half-way down: the conversation goes to the right from there.
  const [viewport] = useState(() => {
    const start = places.get(str(head['start'])) ?? { x: 0, y: 0 };
    const zoom = ZOOM * pageZoom();
    return { x: 48 - start.x * zoom, y: window.innerHeight / 2 - TOP - start.y * zoom, zoom };
  });

  const connect = useCallback(
    ({ source, target }: Connection): void => {
      const step = stepOf(open.script, source);
      if (!step) return;
      const choices = plainList(step['choices']);
      const id = freeId(
        'choice',
        choices.map((choice) => str(choice['id'])),
      );
      setStep(withKey(step, 'choices', [...choices, { id, label: t('choice.new'), to: target }]));
      choose(source);
    },
    [open.script, setStep, choose, t],
  );
  const lead = leads.find((each) => leadKey(each) === picked);
  const remove = (): boolean => {
    const step = lead && stepOf(open.script, lead.from);
    if (!step) return false;
    setStep(withoutLead(step, lead));
    setPicked(undefined);
    return true;
  };
  const turn = ({ id }: Edge, { target }: Connection): void => {
    const old = leads.find((each) => leadKey(each) === id);
    const step = old && stepOf(open.script, old.from);
    if (!step || old.to === target) return;
    setStep(turnedTo(step, old, target));
    setPicked(leadKey({ ...old, to: target }));
  };
  const pick = (id: string | undefined): void => {
    setPicked(id);
    const from = leads.find((each) => leadKey(each) === id)?.from;
    if (from !== undefined) choose(from);
  };

  useMapKeys({
    step(direction) {
      const next = chosen === undefined ? str(head['start']) : nextTo(places, chosen, direction);
      setPicked(undefined);
      if (next !== undefined) choose(next);
    },
    lead(by) {
      const own = leads.filter(({ from }) => from === chosen).map(leadKey);
      const at = own.indexOf(picked ?? '');
      pick(own[(at < 0 && by < 0 ? own.length - 1 : at + by + own.length) % Math.max(own.length, 1)]);
    },
    enter: () => document.querySelector<HTMLElement>('#step-form :is(input, textarea, select)')?.focus(),
    remove,
    release() {
      setPicked(undefined);
      return lead !== undefined;
    },
  });

  const onNodeClick = useCallback(
    (_: unknown, node: StepNode) => {
      setPicked(undefined);
      choose(node.id);
    },
    [choose],
  );
  const onPaneClick = useCallback(() => {
    setPicked(undefined);
    choose(undefined);
  }, [choose]);
  const onNodesChange = useCallback(
    (changes: readonly NodeChange<StepNode>[]): void => {
      const moved = changes.flatMap((change) =>
        change.type === 'position' && change.position ? [[change.id, change.position] as const] : [],
      );
      if (moved.length > 0) onMove(new globalThis.Map(moved));
    },
    [onMove],
  );
  const labels = useMemo(
    () => ({ 'controls.zoomIn.ariaLabel': t('graph.in'), 'controls.zoomOut.ariaLabel': t('graph.out') }),
    [t],
  );

  return (
    <div className={styles['graph']}>
      <Columns value={columns}>
        <ReactFlow
          aria-label={t('graph.label')}
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onlyRenderVisibleElements
          defaultViewport={viewport}
          minZoom={0.08}
          deleteKeyCode={null}
          disableKeyboardA11y
          nodesFocusable={false}
          edgesFocusable={false}
          onNodeClick={onNodeClick}
          onEdgeClick={(_, edge) => pick(edge.id)}
          onPaneClick={onPaneClick}
          onNodesChange={onNodesChange}
          onNodeDragStart={dragged.from}
          onNodeDragStop={dragged.to}
          onConnect={connect}
          onReconnect={turn}
          ariaLabelConfig={labels}
        >
          <Background gap={24} />
          <Controls showInteractive={false} />
          <MiniMap pannable zoomable nodeStrokeWidth={0} />
          <Follow chosen={chosen} />
        </ReactFlow>
      </Columns>
      <div className={styles['bar']}>
        {children}
        <LearningBar learning={learning} />
      </div>
      {lead && <LeadBar lead={lead} onRemove={remove} />}
    </div>
  );
}
