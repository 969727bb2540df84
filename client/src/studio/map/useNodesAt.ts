import { Position } from '@xyflow/react';
import { useMemo, useState } from 'react';
import { NODE, type Places } from './places.ts';
import type { StepNode } from './StepBox.tsx';
import type { DrawnStep } from './useStepNodes.ts';

const HANDLE = 6;
const handle = { y: (NODE.height - HANDLE) / 2, width: HANDLE, height: HANDLE };
/** What the map would measure of a box, told beforehand: it draws, in sight or not, every box that it has not measured. */
const MEASURES = {
  ...NODE,
  measured: NODE,
  handles: [
    { ...handle, type: 'target' as const, position: Position.Left, x: -HANDLE / 2 },
    { ...handle, type: 'source' as const, position: Position.Right, x: NODE.width - HANDLE / 2 },
  ],
};
const ORIGIN = { x: 0, y: 0 };

/** A step that is dragged is a new object at each move; all others stay what they were, and are not drawn again. */
export function useNodesAt(drawn: readonly DrawnStep[], places: Places): StepNode[] {
  const [seen] = useState(() => new WeakMap<DrawnStep, StepNode>());
  return useMemo(
    () =>
      drawn.map((step) => {
        const position = places.get(step.id) ?? ORIGIN;
        const before = seen.get(step);
        if (before?.position.x === position.x && before.position.y === position.y) return before;
        const next: StepNode = { ...step, type: 'step', ...MEASURES, position };
        seen.set(step, next);
        return next;
      }),
    [drawn, places, seen],
  );
}
