/** What a menu lists. */

export interface MenuItem {
  label: string;
  hint?: string;
  run?: () => void;
  href?: string;
  download?: boolean;
  checked?: boolean;
  /** Language of the label, when it is another than the page's. */
  lang?: string;
}
