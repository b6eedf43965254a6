/** The theme in use. */

import { apply, type Choice } from "../core/theme";

class Theme {
  choice = $state<Choice>("system");

  use(choice: Choice): void {
    this.choice = choice;
    apply(choice, document.documentElement, localStorage);
  }
}

export const theme = new Theme();
