import { createKnowledgeIndex, type KnowledgeIndex } from './knowledge/search.ts';
import { asKnown, type ContactPoint } from './knowledge/contactPoints.ts';
import type { Disposition, PauseReason } from './knowledge/callLists.ts';
import type { Library } from './knowledge/library.ts';
import { createStaffDirectory, type StaffDirectory } from './knowledge/staff.ts';
import type { Known } from '../machines/script/index.ts';

/**
 * What the organisation has written down besides scripts, ready to be read in the request path: indexes are made when
 * something changes, never when it is asked for.
 */
export class Site {
  #library!: Library;
  #knowledge!: KnowledgeIndex;
  #directory!: StaffDirectory;
  #contactPoints!: NonNullable<Known['contactPoints']>;

  constructor(library: Library) {
    this.replace(library);
  }
  replace(library: Library): void {
    this.#library = library;
    this.#knowledge = createKnowledgeIndex(library.articles);
    this.#directory = createStaffDirectory(library.staff);
    this.#contactPoints = asKnown(library.contactPoints);
  }
  get library(): Library {
    return this.#library;
  }
  get knowledge(): KnowledgeIndex {
    return this.#knowledge;
  }
  get directory(): StaffDirectory {
    return this.#directory;
  }
  get contactPoints(): NonNullable<Known['contactPoints']> {
    return this.#contactPoints;
  }
  get points(): readonly ContactPoint[] {
    return this.#library.contactPoints;
  }
  get dispositions(): readonly Disposition[] {
    return this.#library.dispositions;
  }
  get pauseReasons(): readonly PauseReason[] {
    return this.#library.pauseReasons;
  }
}
