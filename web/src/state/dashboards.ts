/** The client of dashboards on our own server. */

import { dashboardApi } from "../core/dashboards";
import { api } from "./api";

export const dashboards = dashboardApi(api);
