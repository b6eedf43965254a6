"""FAQ candidates: topics that an article could answer, coded samples, drafts, articles, and what these changed."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field

from desireline.http.desk import AtDesk, InWorkspace
from desireline.http.language import Language
from desireline.model.definition import Strict
from desireline.model.faq import (
    Article,
    ArticleEffect,
    Deflection,
    FaqAsked,
    FaqCandidates,
    FaqSample,
    FaqSettings,
    Holdout,
    NewArticle,
    NewCode,
    Outline,
)
from desireline.model.imported import ImportedDocuments
from desireline.model.kept import Line

router = APIRouter(prefix="/faq", tags=["faq"])


class OfTopic(FaqAsked):
    """A topic by its id or name, among those of the enquiries asked about."""

    topic: Line


class Codes(Strict):
    """What a person says of contacts' texts."""

    codes: Annotated[list[NewCode], Field(max_length=1000)]


class Coded(Strict):
    """How many were kept or taken back."""

    coded: int


class ArticleChange(Strict):
    """Fields to change, of those that a new article has; what is absent stays. `revision`: the one that was seen."""

    revision: Annotated[int, Field(ge=1)]
    fields: dict[str, Any]


class UploadedArticles(Strict):
    """An uploaded list of a help centre's articles."""

    upload: str


@router.get("/settings")
def settings(workspace: InWorkspace) -> FaqSettings:
    """What a contact costs, which events are answers, how soon a contact is a repeat contact."""
    return workspace.faq.settings()


@router.patch("/settings")
def change_settings(workspace: InWorkspace, asked: FaqSettings) -> FaqSettings:
    """Changes settings; what is absent stays."""
    return workspace.faq.set({name: getattr(asked, name) for name in asked.model_fields_set})


@router.post("/candidates")
def candidates(workspace: InWorkspace, asked: FaqAsked) -> FaqCandidates:
    """Topics of enquiries and complaints that an article could answer, ranked, each with a forecast."""
    return workspace.faq.candidates(asked)


@router.post("/sample")
def sample(workspace: InWorkspace, asked: OfTopic) -> FaqSample:
    """Contacts of a topic to be coded by a person."""
    return workspace.faq.sample(asked.topic, _plain(asked))


@router.post("/codes")
def code(workspace: InWorkspace, asked: Codes) -> Coded:
    """Keeps whether an article could have answered texts."""
    return Coded(coded=workspace.faq.code(asked.codes))


@router.post("/outline")
def outline(workspace: InWorkspace, asked: OfTopic) -> Outline:
    """A draft of an article: questions, and sentences of answers, all word for word."""
    return workspace.faq.outline(asked.topic, _plain(asked))


@router.post("/deflection")
def deflection(workspace: InWorkspace, asked: Holdout) -> Deflection:
    """What an article saved by counts of people who could and could not see it."""
    return workspace.faq.deflection(asked)


@router.get("/articles")
def articles(workspace: InWorkspace) -> list[Article]:
    """All articles, oldest first."""
    return workspace.faq.articles.all()


@router.post("/articles")
def create(workspace: InWorkspace, asked: NewArticle) -> Article:
    """Registers one."""
    return workspace.faq.articles.create(asked)


@router.post("/articles/import")
def import_file(desk: AtDesk, asked: UploadedArticles) -> ImportedDocuments:
    """Registers the articles of an uploaded list; nothing is fetched from the network."""
    done = desk.workspace.faq.articles.import_file(desk.uploads.path(asked.upload))
    desk.uploads.discard(asked.upload)
    return done


@router.get("/articles/{article}")
def one(workspace: InWorkspace, article: str) -> Article:
    """An article."""
    return workspace.faq.articles.get(article)


@router.patch("/articles/{article}")
def change(workspace: InWorkspace, article: str, asked: ArticleChange) -> Article:
    """Changes one."""
    return workspace.faq.articles.change(article, asked.revision, asked.fields)


@router.delete("/articles/{article}", status_code=204, response_class=Response)
def remove(
    workspace: InWorkspace,
    article: str,
    revision: Annotated[int | None, Query(ge=1, description="The one that was seen")] = None,
) -> None:
    """Forgets one."""
    workspace.faq.articles.remove(article, revision)


@router.get("/articles/{article}/effect")
def effect(workspace: InWorkspace, article: str, language: Language) -> ArticleEffect:
    """What an article changed: against a holdout, else before and after against other topics."""
    return workspace.faq.effect(article, language)


def _plain(asked: OfTopic) -> FaqAsked:
    return FaqAsked.model_validate(asked.model_dump(exclude={"topic"}))
