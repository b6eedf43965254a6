/** Which part of the frame is open. */

class Shell {
  keys = $state(false);
  palette = $state(false);
}

export const shell = new Shell();
