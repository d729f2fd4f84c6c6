"""The settings of a gallery: what a person asks for in words about taste."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

PICTURES = (".jpeg", ".jpg", ".png", ".webp")
"""How the name of a picture file ends, in a gallery."""

Side = Literal["left", "right", "below"]
"""Where the words about a piece stand."""

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
    easing: Literal["smooth", "gentle", "brisk"] = Field(
        "smooth", description="How a piece gathers speed: smooth, gentle (slow to start and to end), brisk."
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
    caption_position: Side = Field(
        "left", description="Where the words stand on a wide window; on a tall one they stand below."
    )
    fog: float = Field(0.0, ge=0, le=1, description="How far the back of a piece sinks into the dark; 0 is clear air.")
    vignette: float = Field(0.35, ge=0, le=1, description="How much the window's edges darken; 0 is not at all.")
    reflection: float = Field(0.12, ge=0, le=1, description="How clearly the floor mirrors the piece; 0.3 is polished.")
    contact_shadow: float = Field(
        0.0, ge=0, le=1, description="A soft shadow on the floor under each piece; seen on a stage that is not black."
    )
    light: float = Field(0.0, ge=-1, le=1, description="The light on the pieces: -1 is cold, 0 as made, 1 warm.")
    exposure: float = Field(0.0, ge=-2, le=2, description="Stops by which the pieces are brighter; below 0 darker.")
    contrast: float = Field(1.0, ge=0.5, le=1.6, description="The contrast of the pieces; 1 is as made.")
    words: Literal["all", "names", "none"] = Field(
        "all", description="Words beside a piece: all, names (nothing but its name), none."
    )
    text_scale: float = Field(1.0, ge=0.7, le=1.6, description="The size of all words; 1.3 is larger.")
    brand: str = Field(
        "",
        max_length=120,
        description="A brand's name, or a picture file of it: large at the opening, in the header afterwards.",
    )
    counter: bool = Field(True, description="Whether the piece's number is shown.")
    thumbnails: bool = Field(True, description="Whether the row of small pictures is shown.")
    about: bool = Field(True, description="Whether each piece has a panel about how it was made.")
    credits: bool = Field(True, description="Whether there is a panel about how the gallery was made.")
    tour: bool = Field(False, description="Whether the gallery plays itself until a visitor touches it.")
    dwell: float = Field(8.0, ge=1, le=60, description="Seconds that a piece stands before the tour goes on.")
    language: Literal["en", "fr"] = Field(
        "en", description="The language of the site's own words, such as its buttons."
    )

    @property
    def brand_picture(self) -> str | None:
        """The workspace path of the brand's picture; None where the brand is a word, or there is none."""
        return self.brand if self.brand.lower().endswith(PICTURES) else None
