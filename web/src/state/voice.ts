/** The clients of what customers say on our own server. */

import { faqApi } from "../core/faq";
import { feedbackApi } from "../core/feedback";
import { formApi } from "../core/forms";
import { promiseApi } from "../core/promises";
import { studyApi } from "../core/studies";
import { topicApi } from "../core/topics";
import { api } from "./api";

export const feedback = feedbackApi(api);
export const topics = topicApi(api);
export const faq = faqApi(api);
export const promises = promiseApi(api);
export const forms = formApi(api);
export const studies = studyApi(api);
