"""The settings of a gallery: what a person asks for in words about taste."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Hex = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


class Settings(BaseModel):
    """What a person asks for in words. Each description is what the prompts, the schema and the site go by."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True, allow_inf_nan=False)

    zoom: float = Field(1.0, ge=0.25, le=4, description="1 shows the whole piece; 0.75 is zoomed out, 1.3 is closer.")
    elevation: float = Field(
        0.0,
        ge=-30,
        le=60,
        description="Degrees added to how high each piece is looked at from; 15 looks more from above.",
    )
    auto_rotate: float = Field(
        9.0, ge=-90, le=90, description="Idle turning in degrees a second; 0 is still, negative turns the other way."
    )
    transition_seconds: float = Field(1.6, ge=0, le=8, description="How long one piece takes to give way to the next.")
    transition: Literal["dissolve", "scatter", "settle", "rise", "fade"] = Field(
        "dissolve",
        description="How a piece leaves: dissolve (grain by grain), scatter (blown away), settle (lifted away), "
        "rise (sinking into the floor), fade.",
    )
    reveal: Literal["settle", "rise", "dissolve", "scatter", "fade"] = Field(
        "settle",
        description="How a piece arrives: settle (particles coming down), rise (growing from the floor), dissolve "
        "(grain by grain), scatter (gathering from all around), fade.",
    )
    background: Hex = Field("#000000", description="The stage's colour, #rrggbb; the words turn dark on a light one.")
    backdrop: Literal["glow", "plain", "gradient"] = Field(
        "glow", description="The background's light: glow (behind the piece), plain, gradient (a lighter foot)."
    )
    accent: Hex = Field("#d8b26e", description="The colour of the progress line, the dots and the focus ring, #rrggbb.")
    fonts: Literal["editorial", "modern", "classic"] = Field(
        "editorial",
        description="The type: editorial (Cormorant Garamond with Inter), modern (Space Grotesk with Inter), "
        "classic (Playfair Display with Source Sans).",
    )
    caption_position: Literal["left", "right", "below"] = Field(
        "left", description="Where the words stand on a wide window; on a tall one they stand below."
    )
    fog: float = Field(0.0, ge=0, le=1, description="How far the back of a piece sinks into the dark; 0 is clear air.")
    vignette: float = Field(0.35, ge=0, le=1, description="How much the window's edges darken; 0 is not at all.")
    reflection: float = Field(0.12, ge=0, le=1, description="How clearly the floor mirrors the piece; 0.3 is polished.")
    language: Literal["en", "fr"] = Field(
        "en", description="The language of the site's own words, such as its buttons."
    )
