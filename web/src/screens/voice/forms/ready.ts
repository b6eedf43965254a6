/** Wordings to begin with, in the three languages that customers are asked in; they belong to the form, not to our screens. */

import type { QuestionKind, Texts } from "../../../core/forms";

const OF: Record<QuestionKind, Texts> = {
  nps: { en: "How likely are you to recommend us to a friend or colleague?", pl: "Jak bardzo prawdopodobne jest, że polecisz nas znajomym?", hr: "Koliko je vjerojatno da biste nas preporučili prijatelju ili kolegi?" },
  csat_5: { en: "How satisfied are you?", pl: "Jak oceniasz swoje zadowolenie?", hr: "Koliko ste zadovoljni?" },
  ces2_7: { en: "We made it easy for you. Do you agree?", pl: "Załatwienie sprawy było łatwe. Czy się zgadzasz?", hr: "Bilo je jednostavno obaviti što ste htjeli. Slažete li se?" },
  stars_5: { en: "How many stars would you give?", pl: "Ile gwiazdek dajesz?", hr: "Koliko zvjezdica dajete?" },
  thumbs: { en: "Did this help you?", pl: "Czy to pomogło?", hr: "Je li vam ovo pomoglo?" },
  choice: { en: "Which of these fits best?", pl: "Co najlepiej pasuje?", hr: "Što najbolje opisuje vaš slučaj?" },
  text: { en: "What should we do better?", pl: "Co możemy zrobić lepiej?", hr: "Što bismo mogli učiniti bolje?" },
};

export const READY = { of: OF, question: OF.csat_5, comment: OF.text };
