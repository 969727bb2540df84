import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import styles from './Graph.module.css';
import { NODE } from './places.ts';

/** Brings a step chosen elsewhere into sight, without jumping when it is there already. */
export function Follow({ chosen }: { readonly chosen: string | undefined }) {
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
