/** Goals as the server writes them, the tree of KPIs under them, and their client. */

import type { Api, Options } from "./api";
import type { Kpi } from "./kpis";

export interface GoalFields {
  name: string;
  description: string;
  owner: string | null;
  under: string | null;
  by: string | null;
}

export interface Goal extends GoalFields {
  id: string;
  revision: number;
}

export interface KpiNode {
  kpi: Kpi;
  kpis: KpiNode[];
}

export interface GoalNode {
  goal: Goal;
  goals: GoalNode[];
  kpis: KpiNode[];
}

export interface GoalTree {
  goals: GoalNode[];
  /** KPIs that serve none. */
  loose: KpiNode[];
}

export function goalApi(api: Api) {
  const at = (id: string): string => `/goals/${encodeURIComponent(id)}`;
  return {
    tree: (o?: Options) => api.get<GoalTree>("/goals", {}, o),
    create: (asked: Partial<GoalFields> & { name: string }, o?: Options) => api.post<Goal>("/goals", asked, o),
    change: (id: string, revision: number, set: Partial<GoalFields>, o?: Options) => api.send<Goal>("PATCH", at(id), { ...set, revision }, o),
    remove: (id: string, revision: number, o?: Options) => api.send<null>("DELETE", `${at(id)}?revision=${revision}`, undefined, o),
  };
}

/** All goals, each before those that are parts of it. */
export const goalsOf = (nodes: readonly GoalNode[]): Goal[] => nodes.flatMap((node) => [node.goal, ...goalsOf(node.goals)]);
