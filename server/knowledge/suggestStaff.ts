import type { StaffSuggestion } from '../contract/rest.ts';
import type { StaffDirectory, StaffMember, TransferCandidate, TransferWish } from './staff.ts';

const SHOWN = 12;

export interface SuggestRequest {
  readonly wish: TransferWish;
  /** Typed by the operator; empty: whoever deals with the question. */
  readonly text: string;
  /** Who asks: nobody transfers to himself. */
  readonly own?: string | undefined;
  /** By the telephone's state now; `undefined` when it is not known. */
  isFree(extension: string): boolean | undefined;
  /** Of those who take calls here; `undefined` for everybody else, who keeps the hours of the directory. */
  isOnShift(extension: string): boolean | undefined;
}

/** Whom to transfer to, so that the first transfer is the right one (3.5.1): those free now and at work first. */
export function suggestStaff(directory: StaffDirectory, request: SuggestRequest): readonly StaffSuggestion[] {
  const wanted = directory.forTransfer(request.wish);
  const found = request.text.trim() === '' ? wanted : sought(directory, wanted, request.text);
  return found
    .filter(({ member }) => member.extension !== request.own)
    .map((candidate) => present(candidate, request))
    .sort((a, b) => Number(b.free && b.inHours) - Number(a.free && a.inHours))
    .slice(0, SHOWN);
}

function sought(directory: StaffDirectory, wanted: readonly TransferCandidate[], text: string): TransferCandidate[] {
  const known = new Map(wanted.map((candidate) => [candidate.member.extension, candidate]));
  return directory
    .find(text)
    .map((member: StaffMember) => known.get(member.extension) ?? { member, atWork: true, matches: [] });
}

function present({ member, atWork, matches }: TransferCandidate, request: SuggestRequest): StaffSuggestion {
  return {
    name: member.fullName,
    unit: member.unit,
    position: member.position,
    extension: member.extension,
    free: request.isFree(member.extension) ?? true,
    inHours: atWork && (request.isOnShift(member.extension) ?? true),
    topics: member.topics,
    matches,
  };
}
