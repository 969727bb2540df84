import '@xyflow/react/dist/style.css';
import {
  Background,
  Controls,
  Handle,
  MarkerType,
  MiniMap,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Connection,
  type Edge,
  type Node,
  type NodeChange,
  type NodeProps,
} from '@xyflow/react';
import { memo, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFields } from '../editor/ConditionField.tsx';
import { freeId, stepOf, withKey } from '../editor/document.ts';
import { spokenText } from '../editor/spokenText.ts';
import styles from './Graph.module.css';
import { laidOut, NODE, shapeOf } from './layout.ts';
import { LearningBar, useLearning } from '../learning/LearningBar.tsx';
import { useDesk } from '../studioContext.ts';
import { anyText, found, grouped, plainList, str, titleOf, wordedOf } from '../texts.ts';
import { tabId } from '../editor/tab.ts';

interface StepData extends Record<string, unknown> {
  readonly title: string;
  readonly kind: string;
  readonly line: string;
  readonly worst: 'error' | 'warning' | undefined;
  readonly dim: boolean;
  readonly figures: string | undefined;
  readonly heat: number;
  readonly start: boolean;
  readonly people: string;
}
type StepNode = Node<StepData, 'step'>;

/** The choice, and how often it was taken when that is shown. */
const labelled = (label: string, taken: number | undefined): string =>
  taken === undefined ? label : `${label} · ${taken}`;

const ZOOM = 0.8;
const NODE_TYPES = { step: memo(StepBox) };

/** The script as a map: the same document as the outline. Only what is in sight is drawn. */
export default function Graph({ search }: { readonly search: string }) {
  return (
    <ReactFlowProvider>
      <Map search={search} />
    </ReactFlowProvider>
  );
}

function Map({ search }: { readonly search: string }) {
  const { t } = useTranslation('studio');
  const { open, chosen, choose, setStep } = useDesk();
  const { steps, head } = open.script;
  const [reactions, setReactions] = useState(false);
  const [moved, setMoved] = useState<ReadonlyMap<string, { x: number; y: number }>>(new globalThis.Map());
  const learning = useLearning(open.draft.scriptId);
  const fields = useFields();
  const shape = useMemo(() => shapeOf(steps, reactions), [steps, reactions]);
  // Words change far more often than the shape; only the shape moves steps.
  // oxlint-disable-next-line react/exhaustive-deps
  const { places, leads } = useMemo(() => laidOut(steps, reactions), [shape, reactions]);
  useEffect(() => setMoved(new globalThis.Map()), [shape]);

  const drawn = useMemo((): StepNode[] => {
    const findings = grouped(open.draft.findings, ({ stepId }) => stepId);
    const fits = new Set(found(steps, search).map(({ id }) => id));
    const mine = tabId();
    const people = grouped(
      open.draft.present.filter((each) => each.tabId !== mine),
      ({ stepId }) => stepId,
    );
    return steps.map((step) => {
      const here = findings.get(step.id);
      const figures = learning.of(step.id);
      return {
        id: step.id,
        type: 'step',
        position: places.get(step.id) ?? { x: 0, y: 0 },
        width: NODE.width,
        height: NODE.height,
        selected: step.id === chosen,
        data: {
          title: titleOf(step, step.id),
          kind: str(step['kind']),
          line: spokenText(anyText(wordedOf(step['say'])[0]?.text), fields),
          worst: here?.some(({ severity }) => severity === 'error') ? 'error' : here && 'warning',
          dim: !fits.has(step.id),
          figures: figures?.words,
          heat: figures?.share ?? 0,
          start: step.id === head['start'],
          people: (people.get(step.id) ?? []).map(({ name }) => name.split(' ')[0]).join(', '),
        },
      };
    });
  }, [steps, head, search, open.draft.findings, open.draft.present, chosen, places, learning, fields]);
  // A step that is dragged is a new object at each move; all others stay what they were, and are not drawn again.
  const nodes = useMemo(
    () =>
      moved.size === 0
        ? drawn
        : drawn.map((node) => {
            const position = moved.get(node.id);
            return position ? { ...node, position } : node;
          }),
    [drawn, moved],
  );

  const edges = useMemo(
    (): Edge[] =>
      leads.map(({ from, to, kind, via, label, call }) => ({
        id: `${from}/${kind}/${via}/${to}`,
        source: from,
        target: to,
        className: [styles[kind], call ? styles['call'] : ''].join(' '),
        markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
        // Labels of all edges would cover the map: those of the chosen step are enough.
        ...(from === chosen
          ? {
              label: labelled(kind === 'reaction' ? t(`fact.${via}`) : label, learning.taken(from, via)),
              animated: false,
              zIndex: 1,
            }
          : {}),
      })),
    [leads, chosen, learning, t],
  );

  // The first step stands at the left edge, half-way down: the conversation goes to the right from there.
  const [viewport] = useState(() => {
    const start = places.get(str(head['start'])) ?? { x: 0, y: 0 };
    return { x: 48 - start.x * ZOOM, y: 280 - start.y * ZOOM, zoom: ZOOM };
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

  const onNodeClick = useCallback((_: unknown, node: StepNode) => choose(node.id), [choose]);
  const onPaneClick = useCallback(() => choose(undefined), [choose]);
  const onNodesChange = useCallback((changes: readonly NodeChange<StepNode>[]): void => {
    const now = changes.flatMap((change) =>
      change.type === 'position' && change.position ? [[change.id, change.position] as const] : [],
    );
    if (now.length > 0) setMoved((before) => new globalThis.Map([...before, ...now]));
  }, []);
  const labels = useMemo(
    () => ({ 'controls.zoomIn.ariaLabel': t('graph.in'), 'controls.zoomOut.ariaLabel': t('graph.out') }),
    [t],
  );

  return (
    <div className={styles['graph']}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        onlyRenderVisibleElements
        defaultViewport={viewport}
        minZoom={0.08}
        deleteKeyCode={null}
        onNodeClick={onNodeClick}
        onPaneClick={onPaneClick}
        onNodesChange={onNodesChange}
        onConnect={connect}
        ariaLabelConfig={labels}
      >
        <Background gap={24} />
        <Controls showInteractive={false} />
        <MiniMap pannable zoomable nodeStrokeWidth={0} />
        <Follow chosen={chosen} />
      </ReactFlow>
      <div className={styles['bar']}>
        <label>
          <input type="checkbox" checked={reactions} onChange={(event) => setReactions(event.currentTarget.checked)} />
          {t('graph.reactions')}
        </label>
        <LearningBar learning={learning} />
      </div>
    </div>
  );
}

/** Brings a step chosen elsewhere into sight, without jumping when it is there already. */
function Follow({ chosen }: { readonly chosen: string | undefined }) {
  const flow = useReactFlow();
  useEffect(() => {
    const node = chosen === undefined ? undefined : flow.getNode(chosen);
    if (!node) return;
    const at = flow.flowToScreenPosition({ x: node.position.x + NODE.width / 2, y: node.position.y + NODE.height / 2 });
    const box = document.querySelector(`.${styles['graph']}`)?.getBoundingClientRect();
    if (box && at.x > box.left && at.x < box.right && at.y > box.top && at.y < box.bottom) return;
    void flow.setCenter(node.position.x + NODE.width / 2, node.position.y, { zoom: Math.max(flow.getZoom(), 0.7) });
  }, [chosen, flow]);
  return null;
}

function StepBox({ data, selected }: NodeProps<StepNode>) {
  const { t } = useTranslation('studio');
  return (
    <div
      className={styles['node']}
      data-selected={selected || undefined}
      data-worst={data.worst}
      data-dim={data.dim || undefined}
      style={{ '--heat': data.heat } as React.CSSProperties}
    >
      <Handle type="target" position={Position.Left} />
      <header>
        <strong>{data.title}</strong>
        <span>{data.start ? t('graph.start') : t([`kind.${data.kind}`, 'kind.none'])}</span>
      </header>
      <p>{data.line}</p>
      {data.figures !== undefined && <footer>{data.figures}</footer>}
      {data.people !== '' && <em>{data.people}</em>}
      <Handle type="source" position={Position.Right} />
    </div>
  );
}
