// The head of panels.js, which is fetched when the first event is chosen: what it takes of explorer.js.
// In the tree each module names what it needs; these lines stand for them all in the bundle.
import {ANSWERED, questionOf, listedOf, isShape, target, valueOf, changed} from "/assets/explorer.js";
import {withoutPart, make, said, number, counted, button, problemBox, refill} from "/assets/explorer.js";
import {nameOf, later, plainClick, eventLink, Turn, behindReading, readingPart} from "/assets/explorer.js";
import {eventTarget, sourceTarget} from "/assets/explorer.js";
