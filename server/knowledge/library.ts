import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Article } from './article.ts';
import { loadArticles } from './articleFile.ts';
import {
  dispositionsSchema,
  pauseReasonsSchema,
  reviewCriteriaSchema,
  type Disposition,
  type PauseReason,
  type ReviewCriteria,
} from './callLists.ts';
import { contactPointsSchema, type ContactPoint } from './contactPoints.ts';
import type { LibraryFault, Loaded } from './fault.ts';
import type { StaffMember } from './staff.ts';
import { readStaffCsv } from './staffCsv.ts';
import { knownIds, topicsSchema, type Topics } from './topics.ts';
import { readYaml } from './yamlFile.ts';

/** All data of `scripts-library/` beside the scripts themselves. */
export interface Library {
  readonly topics: Topics;
  readonly articles: readonly Article[];
  readonly contactPoints: readonly ContactPoint[];
  readonly staff: readonly StaffMember[];
  readonly dispositions: readonly Disposition[];
  readonly pauseReasons: readonly PauseReason[];
  readonly reviewCriteria: ReviewCriteria;
}

const fromYaml = async <T>(folder: string, name: string, schema: z.ZodType<T>): Promise<Loaded<T>> => {
  const file = join(folder, name);
  return readYaml(file, await readFile(file, 'utf8'), schema);
};

const faultsOf = (loaded: Loaded<unknown>): readonly LibraryFault[] => (loaded.ok ? [] : loaded.faults);

/** Reads the whole library. Faults of all files are told at once; a file that is missing rejects with its ENOENT. */
export async function loadLibrary(folder: string): Promise<Loaded<Library>> {
  const topics = await fromYaml(folder, 'topics.yaml', topicsSchema);
  const ids = topics.ok ? knownIds(topics.value) : undefined;
  const staffFile = join(folder, 'staff.csv');
  const [articles, points, dispositions, pauses, criteria, staff] = await Promise.all([
    loadArticles(join(folder, 'knowledge'), ids?.topics),
    fromYaml(folder, 'contact-points.yaml', contactPointsSchema),
    fromYaml(folder, 'dispositions.yaml', dispositionsSchema),
    fromYaml(folder, 'pause-reasons.yaml', pauseReasonsSchema),
    fromYaml(folder, 'review-criteria.yaml', reviewCriteriaSchema),
    readFile(staffFile).then((bytes) => readStaffCsv(staffFile, bytes, ids)),
  ]);
  if (topics.ok && articles.ok && points.ok && dispositions.ok && pauses.ok && criteria.ok && staff.ok)
    return {
      ok: true,
      value: {
        topics: topics.value,
        articles: articles.value,
        contactPoints: points.value.contactPoints,
        staff: staff.value,
        dispositions: dispositions.value.dispositions,
        pauseReasons: pauses.value.pauseReasons,
        reviewCriteria: criteria.value,
      },
    };
  const all = [topics, articles, points, dispositions, pauses, criteria, staff];
  return { ok: false, faults: all.flatMap(faultsOf) };
}
