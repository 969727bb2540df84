/** Into what stands in the middle, past the rail and the bar: its first field, else its first button. */
export function focusStage(): void {
  const stage = document.querySelector('main');
  const place =
    stage?.querySelector<HTMLElement>('input:enabled, textarea:enabled') ?? stage?.querySelector<HTMLElement>('button');
  place?.focus({ preventScroll: true });
}
