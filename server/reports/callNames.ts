import type { InquiryRoom } from '../inquiries/inquiryRoom.ts';
import { fullName, type Users } from '../people/users.ts';
import type { CallNames } from './callHistory.ts';

/** Words for the people and inquiries of a call, as known now. */
export const callNames = (users: Users, inquiries: () => InquiryRoom): CallNames => ({
  person: (id) => {
    const person = users.get(id);
    return person && { name: fullName(person), unit: person.unit };
  },
  inquiry: (id) => {
    const learned = inquiries().get(id)?.learned;
    return (
      learned && {
        ...(learned.topic ? { topic: learned.topic } : {}),
        ...(learned.name ? { clientName: learned.name } : {}),
      }
    );
  },
});
