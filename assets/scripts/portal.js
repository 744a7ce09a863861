// The small improvements that pages for residents use, so that a phone loads no others. site.js has those of all pages.
import { focusErrors } from "./errors.js";
import { guardDoubleSubmit } from "./submit.js";
import { printButtons } from "./print.js";
import { nearButton } from "./near.js";
import { myList } from "./saved.js";
import { wideMap } from "./map.js";
import { startWorker } from "./offline.js";

focusErrors(document);
guardDoubleSubmit(document);
printButtons(document);
nearButton(document);
myList(document);
wideMap(document);
startWorker(document);
