/** Which part of the frame is open. */

class Shell {
  keys = $state(false);
  palette = $state(false);
  /** The search for people was asked for from elsewhere; its field takes the focus and resets this. */
  seeking = $state(false);
}

export const shell = new Shell();
