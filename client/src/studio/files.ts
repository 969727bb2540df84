import type { ImportView, ScriptFiles } from '../../../server/contract/studioVersions.ts';
import { api } from '../shared/http/api.ts';
import { zipOf } from './zip.ts';

/** Hands a file to the browser's downloads. */
function download(name: string, parts: BlobPart[], type: string): void {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** The folder of scripts as it lies in the library, in one archive. Rejects with ApiProblem. */
export async function downloadAll(): Promise<void> {
  const { files } = await api<ScriptFiles>('/studio/export');
  const archive = zipOf(files.map(({ file, source }) => ({ name: `scripts/${file}`, text: source })));
  download('scripts.zip', [archive], 'application/zip');
}
/** Knowledge base, contact points, lists and calendars as they lie in the library. Rejects with ApiProblem. */
export async function downloadDocuments(): Promise<void> {
  const { files } = await api<ScriptFiles>('/site-documents/export');
  download(
    'reference.zip',
    [zipOf(files.map(({ file, source }) => ({ name: file, text: source })))],
    'application/zip',
  );
}
/** One document as its file of the library. Rejects with ApiProblem. */
export async function downloadDocument(kind: string, id: string): Promise<void> {
  const { file, source } = await api<ScriptFiles['files'][number]>(
    `/site-documents/${kind}/${encodeURIComponent(id)}/file`,
  );
  download(file.split('/').at(-1) ?? file, [source], 'text/plain');
}
/** One version of one script, or its draft. Rejects with ApiProblem. */
export async function downloadOne(scriptId: string, version: number | 'draft'): Promise<void> {
  const { files } = await api<ScriptFiles>(`/studio/scripts/${scriptId}/export?version=${version}`);
  for (const { file, source } of files) download(file, [source], 'application/yaml');
}
/** Files of a folder become drafts; nothing is published. Rejects with ApiProblem. */
export async function upload(chosen: readonly File[]): Promise<ImportView> {
  const files = await Promise.all(chosen.map(async (file) => ({ file: file.name, source: await file.text() })));
  return api<ImportView>('/studio/import', { method: 'POST', body: { files } });
}
