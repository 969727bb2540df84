import type { Finding } from '../../machines/script/checker/finding.ts';
import type { LibraryFile } from './library.ts';

/** Findings for a person to read: by file, in the order of lines, errors marked, with what to do. */
export function describeFindings(
  files: readonly LibraryFile[],
  findings: readonly (Finding & { readonly file: string })[],
): string {
  const names = [...new Set(findings.map(({ file }) => file))].sort();
  const blocks = names.map((name) => {
    const own = findings.filter(({ file }) => file === name).sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    return `${name}\n${own.map(describe).join('\n')}\n`;
  });
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const warnings = findings.length - errors;
  const steps = files.reduce((sum, { script }) => sum + script.steps.length, 0);
  const total = `Сценариев: ${String(files.length)}, шагов: ${String(steps)}. Ошибок: ${String(errors)}, замечаний: ${String(warnings)}.`;
  return `${blocks.join('\n')}${blocks.length > 0 ? '\n' : ''}${total}\n`;
}

function describe({ severity, code, stepId, line, column, message, suggestion }: Finding): string {
  const place = `${String(line ?? 1)}:${String(column ?? 1)}`.padEnd(8);
  const kind = severity === 'error' ? 'ошибка   ' : 'замечание';
  const step = stepId === undefined ? '' : `шаг «${stepId}»: `;
  return `  ${place} ${kind} ${step}${message.ru}. ${suggestion.yaml ?? suggestion.ru} [${code}]`;
}
