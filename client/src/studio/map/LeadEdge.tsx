import { BaseEdge, type EdgeProps } from '@xyflow/react';
import { createContext, memo, useContext, useMemo } from 'react';
import { wayBetween, type Column } from './ways.ts';

/** The boxes that ways pass. */
export const Columns = createContext<readonly Column[]>([]);

/** A way between two steps, past the boxes of others. */
export const LeadEdge = memo(function LeadEdge(props: EdgeProps) {
  const { sourceX, sourceY, targetX, targetY, label, markerEnd = '' } = props;
  const columns = useContext(Columns);
  const way = useMemo(
    () => wayBetween({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, columns),
    [sourceX, sourceY, targetX, targetY, columns],
  );
  return <BaseEdge path={way.path} label={label} labelX={way.label.x} labelY={way.label.y} markerEnd={markerEnd} />;
});
