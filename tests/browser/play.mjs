// play.mjs CASE PLACE: runs cases/CASE.mjs against the daemon that PLACE (JSON, see run.py) names.
// Ends with 1 and says why when it fails.
import {Failure} from "./tools.mjs";

const [name, place] = [process.argv[2], JSON.parse(process.argv[3])];
try {
    const {default: play} = await import(`./cases/${name}.mjs`);
    console.log(await play(place));
} catch (error) {
    console.log(error instanceof Failure ? error.message : error.stack);
    process.exitCode = 1;
}
