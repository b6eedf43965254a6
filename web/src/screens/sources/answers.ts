/** The answers of a survey's rows as a form, and as the section `feedback` of the mapping document. */

export const SCALES = ["nps", "csat_5", "csat_7", "csat_10", "ces2_7", "ces1_5", "stars_5", "thumbs", "choice", "number"] as const;
export type Scale = (typeof SCALES)[number];
/** Whether a greater answer is the worse one: as the scale is usually asked, or as somebody says. */
export type Turned = "usual" | "yes" | "no";

/** One column of answers. Lists are texts as they are typed: `0, 11, 99`, and a line for each `word = number`. */
export interface AnswerForm {
  column: string;
  question: string;
  questionColumn: string;
  questionText: string;
  scale: Scale | "";
  scales: string;
  event: string;
  textColumn: string;
  blank: string;
  labels: string;
  turned: Turned;
}

export interface InvitationForm {
  column: string;
  statusColumn: string;
  invited: string;
  event: string;
}

export interface FeedbackForm {
  answers: AnswerForm[];
  survey: string;
  surveyColumn: string;
  languageColumn: string;
  invitation: InvitationForm;
}

export interface AnswerDocument {
  column: string;
  question?: string | null;
  question_column?: string | null;
  question_text?: string | null;
  scale?: Scale | null;
  scales?: Record<string, Scale>;
  event?: string | null;
  text_column?: string | null;
  blank?: string[];
  labels?: Record<string, number>;
  reversed?: boolean | null;
}

export interface FeedbackDocument {
  answers: AnswerDocument[];
  survey?: string | null;
  survey_column?: string | null;
  language_column?: string | null;
  invitation?: { column: string; status_column?: string | null; invited?: string[]; event?: string } | null;
}

const INVITED = "Invited to survey";

/** A section without answers: the rows are events as they stand. */
export const noFeedback = (): FeedbackForm => ({
  answers: [], survey: "", surveyColumn: "", languageColumn: "",
  invitation: { column: "", statusColumn: "", invited: "", event: INVITED },
});

export const newAnswer = (column: string, scale: Scale | ""): AnswerForm => ({
  column, question: "", questionColumn: "", questionText: "", scale, scales: "", event: "", textColumn: "", blank: "",
  labels: "", turned: "usual",
});

/** Columns that hold what goes with answers: words, questions, survey, language, invitation. */
export function besides(feedback: FeedbackForm): Set<string> {
  if (!feedback.answers.length) return new Set();
  const { surveyColumn, languageColumn, invitation } = feedback;
  const named = [surveyColumn, languageColumn, invitation.column, invitation.column && invitation.statusColumn];
  return new Set([...named, ...feedback.answers.flatMap((a) => [a.textColumn, a.questionColumn])].filter(Boolean));
}

/** The section without a column, wherever it is named. */
export function withoutColumn(feedback: FeedbackForm, column: string): FeedbackForm {
  const kept = (name: string): string => (name === column ? "" : name);
  const { invitation } = feedback;
  return {
    ...feedback,
    surveyColumn: kept(feedback.surveyColumn),
    languageColumn: kept(feedback.languageColumn),
    invitation: { ...invitation, column: kept(invitation.column), statusColumn: kept(invitation.statusColumn) },
    answers: feedback.answers
      .filter((a) => a.column !== column)
      .map((a) => ({ ...a, textColumn: kept(a.textColumn), questionColumn: kept(a.questionColumn) })),
  };
}

/** What is still wrong: keys of the catalogue after `sources.problem.`. */
export function answerProblems(feedback: FeedbackForm): string[] {
  const found: string[] = [];
  const asked = feedback.answers.filter((a) => !a.questionColumn).map((a) => a.question.trim() || a.column);
  if (new Set(asked).size < asked.length) found.push("same_question");
  const scaled = feedback.answers.every((a) => linesOf(a.scales).every(([, s]) => SCALES.includes(s as Scale)));
  const labelled = feedback.answers.every((a) => linesOf(a.labels).every(([, n]) => numberOf(n) !== null));
  if (!scaled) found.push("open_scale");
  if (!labelled) found.push("open_label");
  return found;
}

export function toFeedback(feedback: FeedbackForm): FeedbackDocument | null {
  if (!feedback.answers.length) return null;
  const { invitation } = feedback;
  return {
    answers: feedback.answers.map(documentOf),
    survey: said(feedback.survey),
    survey_column: feedback.surveyColumn || null,
    language_column: feedback.languageColumn || null,
    invitation: invitation.column
      ? {
          column: invitation.column,
          status_column: invitation.statusColumn || null,
          invited: codesOf(invitation.invited),
          event: invitation.event.trim() || INVITED,
        }
      : null,
  };
}

export function fromFeedback(document: FeedbackDocument | null | undefined): FeedbackForm {
  const none = noFeedback();
  if (!document) return none;
  const { invitation } = document;
  return {
    answers: document.answers.map(formOf),
    survey: document.survey ?? "",
    surveyColumn: document.survey_column ?? "",
    languageColumn: document.language_column ?? "",
    invitation: invitation
      ? {
          column: invitation.column,
          statusColumn: invitation.status_column ?? "",
          invited: codesText(invitation.invited ?? []),
          event: invitation.event ?? INVITED,
        }
      : none.invitation,
  };
}

const said = (text: string): string | null => (text.trim() ? text : null);

function documentOf(answer: AnswerForm): AnswerDocument {
  return {
    column: answer.column,
    question: answer.questionColumn ? null : said(answer.question),
    question_column: answer.questionColumn || null,
    question_text: said(answer.questionText),
    scale: answer.scale || null,
    scales: answer.questionColumn ? (Object.fromEntries(linesOf(answer.scales)) as Record<string, Scale>) : {},
    event: said(answer.event),
    text_column: answer.textColumn || null,
    blank: codesOf(answer.blank),
    labels: Object.fromEntries(linesOf(answer.labels).map(([word, n]) => [word, numberOf(n) ?? 0])),
    reversed: answer.turned === "usual" ? null : answer.turned === "yes",
  };
}

function formOf(document: AnswerDocument): AnswerForm {
  const lines = (pairs: Record<string, string | number> = {}): string =>
    Object.entries(pairs).map(([key, value]) => `${key} = ${value}`).join("\n");
  return {
    column: document.column,
    question: document.question ?? "",
    questionColumn: document.question_column ?? "",
    questionText: document.question_text ?? "",
    scale: document.scale ?? "",
    scales: lines(document.scales),
    event: document.event ?? "",
    textColumn: document.text_column ?? "",
    blank: codesText(document.blank ?? []),
    labels: lines(document.labels),
    turned: document.reversed == null ? "usual" : document.reversed ? "yes" : "no",
  };
}

/** Codes are separated by commas, or by semicolons where one of them holds a comma. */
function codesOf(text: string): string[] {
  return text.split(text.includes(";") ? ";" : ",").map((code) => code.trim()).filter(Boolean);
}

function codesText(codes: readonly string[]): string {
  if (!codes.some((code) => code.includes(","))) return codes.join(", ");
  return `${codes.join("; ")}${codes.length === 1 ? ";" : ""}`;
}

/** Each line's parts before and after its last `=`. */
function linesOf(text: string): [string, string][] {
  const lines = text.split("\n").filter((line) => line.trim());
  return lines.map((line) => {
    const at = line.lastIndexOf("=");
    return at < 0 ? [line.trim(), ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
}

function numberOf(text: string): number | null {
  const value = Number(text.replace(",", "."));
  return text && Number.isFinite(value) ? value : null;
}
