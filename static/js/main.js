// On every page: times in the reader's zone, passwords that can be looked at, and answers that wait to be sent.

import { tellTimes } from "./clock.js";
import * as leaving from "./leaving.js";
import * as passwords from "./passwords.js";
import { offerToGoOn } from "./place.js";
import { flush } from "./send.js";
import * as strip from "./strip.js";
import "./tab.js"; // taken on every page, so that a copy of any page is told from its original

tellTimes(document);
passwords.watch();
leaving.watch();
offerToGoOn();
strip.watch();
// Not before the page's own script listens: it must hear what becomes of the answer that it shows.
addEventListener("DOMContentLoaded", flush);
