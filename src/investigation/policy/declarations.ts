/** What both reviewers declare of themselves before anything is opened, word for word. */
export const NOT_CONCERNED = 'I am not the person that this case is about, nor that person’s partner or relative.';
