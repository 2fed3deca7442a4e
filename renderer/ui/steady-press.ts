/**
 * Keeps a list where it stands while it is pressed. Where the focus enters a list, React Aria puts it back to where the last `scroll`
 * event left it; that event comes a frame after the list has moved, later on a busy computer, and a press before it would move the list from
 * under the pointer and be lost. So the list says so at once, before the press moves the focus.
 */
export function tellWhereItStands(list: Element): void {
  list.dispatchEvent(new Event('scroll'));
}
