/**
 * How large the line to say can be, so that nothing scrolls at 1280×800. A line is read while speaking: 30 px is the
 * rule, smaller sizes are for the few texts that the checker let pass as too long for one breath.
 */
export function lineSize(line: string, fields: number, choices: number): 30 | 22 | 18 {
  // A row of fields or of choices costs about a hundred and ten characters' room.
  const room = 420 - Math.max(0, Math.ceil(fields / 2) - 1) * 110 - Math.max(0, Math.ceil(choices / 3) - 1) * 90;
  if (line.length <= Math.max(130, room)) return 30;
  return line.length <= Math.max(320, room * 1.8) ? 22 : 18;
}
