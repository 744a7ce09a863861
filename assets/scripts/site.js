// Small improvements on pages that work without them. Each looks for its own part and leaves the rest alone.
import { focusErrors } from "./errors.js";
import { guardDoubleSubmit } from "./submit.js";
import { rankingKeys } from "./ranking.js";
import { callKeys } from "./calling.js";
import { choiceKeys } from "./keys.js";
import { printButtons } from "./print.js";
import { followProgress } from "./progress.js";
import { askLive } from "./asking.js";
import { nearButton } from "./near.js";
import { palette } from "./palette.js";
import { liveParts } from "./live.js";
import { myList } from "./saved.js";
import { wideMap } from "./map.js";

focusErrors(document);
guardDoubleSubmit(document);
rankingKeys(document);
callKeys(document);
printButtons(document);
followProgress(document);
choiceKeys(document);
askLive(document);
nearButton(document);
palette(document);
liveParts(document);
myList(document);
wideMap(document);
