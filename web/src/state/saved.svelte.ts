/** The saved questions, shared by the workbench and the overview. */

import type { SavedQuestion } from "../core/types";
import { api } from "./api";

class Saved {
  list = $state.raw<SavedQuestion[] | null>(null);

  async refresh(): Promise<void> {
    this.list = await api.savedQuestions();
  }

  async save(question: SavedQuestion): Promise<void> {
    await api.saveQuestion(question);
    await this.refresh();
  }

  async remove(name: string): Promise<void> {
    await api.deleteQuestion(name);
    await this.refresh();
  }
}

export const saved = new Saved();
