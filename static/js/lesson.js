// Reading a lesson: where the reader is, and self-checks that are answered in their place.

import { watchForms } from "./checks.js";
import { watchReading } from "./reading.js";

watchForms();
watchReading(document.querySelector("[data-lesson]"));
