import { useMemo, useState } from 'react';
import type { Places } from './places.ts';
import { columnsOf } from './ways.ts';

/**
 * The boxes that ways pass. While one is dragged they stay as they were: what is under the hand moves with every frame,
 * and hundreds of ways past it follow when it is let go.
 */
export function useColumns(places: Places) {
  const [isDragged, setDragged] = useState(false);
  const [standing, setStanding] = useState(places);
  if (!isDragged && standing !== places) setStanding(places);
  const columns = useMemo(() => columnsOf(standing), [standing]);
  const dragged = useMemo(() => ({ from: () => setDragged(true), to: () => setDragged(false) }), []);
  return { columns, dragged };
}
