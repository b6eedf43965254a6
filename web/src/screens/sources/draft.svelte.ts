/** An import being prepared: how the file will be read, and what that would give. */

import type { Mapping as MappingBody, Preview } from "../../core/types";
import { api } from "../../state/api";
import { resource, type Resource } from "../../state/resource.svelte";
import { emptyForm, problems, toForm, toMapping, type Mapping, type MappingForm } from "./mapping";

const PAUSE = 300;

export class Draft {
  /** The preset asked for; empty for the one that recognises the header. */
  preset = $state("");
  /** Whether the user changed the roles, so that the form counts and not the preset. */
  edited = $state(false);
  form = $state.raw<MappingForm | null>(null);
  readonly preview: Resource<Preview>;
  readonly problems: string[] = $derived(this.form ? problems(this.form) : []);
  #asked = $state("");
  #pause: ReturnType<typeof setTimeout> | undefined;

  /** Call while a component is set up. */
  constructor(readonly upload: string) {
    this.preview = resource<Preview>((signal) => {
      const mapping = this.#asked ? (JSON.parse(this.#asked) as MappingBody) : null;
      return api.preview({ upload, preset: this.preset || null, mapping }, { signal });
    });
    $effect(() => {
      const seen = this.preview.data;
      if (!seen || this.edited) return;
      const columns = seen.columns.map((column) => column.name);
      this.form = seen.mapping ? toForm(seen.mapping as unknown as Mapping, columns) : emptyForm(columns);
    });
    $effect(() => () => clearTimeout(this.#pause));
  }

  /** Takes the changed form; the preview follows once nothing is missing. */
  edit(form: MappingForm): void {
    this.form = form;
    this.edited = true;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      if (problems(form).length === 0) this.#asked = JSON.stringify(toMapping(form));
    }, PAUSE);
  }

  /** Goes back to a preset, or to the one that recognises the header. */
  choose(preset: string): void {
    clearTimeout(this.#pause);
    [this.preset, this.edited, this.#asked] = [preset, false, ""];
  }

  /** What the import is asked to read with; a preset that was recognised is recognised again. */
  reading(): { preset: string | null; mapping: MappingBody | null } {
    const own = this.edited || this.preview.data?.guessed === true || this.preview.data?.preset == null;
    if (own && this.form) return { preset: null, mapping: toMapping(this.form) };
    return { preset: this.preset || null, mapping: null };
  }
}
