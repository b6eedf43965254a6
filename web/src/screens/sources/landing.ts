/** Where the keyboard goes on when what it stood on is gone: to the heading of what came instead. */
export function landing(heading: HTMLElement): void {
  const { activeElement, body } = document;
  heading.tabIndex = -1;
  if (activeElement === null || activeElement === body) heading.focus({ preventScroll: true });
}
