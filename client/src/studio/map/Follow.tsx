import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { NODE } from './places.ts';

/** Brings a step chosen elsewhere into sight, without jumping when it is there already. */
export function Follow({ chosen }: { readonly chosen: string | undefined }) {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const node = chosen === undefined ? undefined : flow.getNode(chosen);
    if (!node) return;
    // By what the map knows of itself: asking the page where it is would lay it out in the middle of its being drawn.
    const { width, height, transform } = store.getState();
    const [left, top, zoom] = transform;
    const middle = { x: node.position.x + NODE.width / 2, y: node.position.y + NODE.height / 2 };
    const at = { x: middle.x * zoom + left, y: middle.y * zoom + top };
    if (at.x > 0 && at.x < width && at.y > 0 && at.y < height) return;
    void flow.setCenter(middle.x, middle.y, { zoom: Math.max(zoom, 0.7) });
  }, [chosen, flow, store]);
  return null;
}
