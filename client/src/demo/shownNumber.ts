/** `+7 906 555-01-01`; what is no number of eleven digits stays as it is. */
export const shownNumber = (number: string): string => {
  const found = /^\+?[78](\d{3})(\d{3})(\d{2})(\d{2})$/.exec(number);
  return found === null ? number : `+7 ${found[1]} ${found[2]}-${found[3]}-${found[4]}`;
};
