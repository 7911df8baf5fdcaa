// The head of map.js, which is fetched after the first answer: what it takes of explorer.js. In the
// tree each module names what it needs; these lines stand for them all in the bundle.
import {button, counted, later, make, number, said} from "/assets/explorer.js";
import {Turn, eventTarget, readingPart} from "/assets/explorer.js";
