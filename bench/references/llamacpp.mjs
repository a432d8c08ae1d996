// llama.cpp behind standard input and output: one line of JSON in for a run of chats, one line out with its answers.
// Arguments: model file, chats at once, positions of each chat, threads.
import {createInterface} from "node:readline";
import {createRequire} from "node:module";
import {pathToFileURL} from "node:url";

const [folder, modelPath, sequences, positions, threads] = process.argv.slice(2);
const found = createRequire(pathToFileURL(folder + "/package.json")).resolve("node-llama-cpp");
const {getLlama} = await import(pathToFileURL(found).href);

const llama = await getLlama({gpu: false, build: "never", skipDownload: true, logLevel: "error", maxThreads: Number(threads)});
const model = await llama.loadModel({modelPath});
const context = await model.createContext({
    sequences: Number(sequences),
    contextSize: Number(positions),
    batchSize: 512,
    threads: {ideal: Number(threads), min: Number(threads)}
});
const open = Array.from({length: Number(sequences)}, () => context.getSequence());

// `kept`: so many first tokens of the prompt are in the sequence from a run before, and stay.
async function answer(sequence, {prompt, count}, kept) {
    if (kept && sequence.nextTokenIndex >= kept)
        await sequence.eraseContextTokenRanges([{start: kept, end: sequence.nextTokenIndex}]);
    else
        await sequence.clearHistory();
    const tokens = [];
    for await (const token of sequence.evaluate(prompt.slice(sequence.nextTokenIndex), {temperature: 0, yieldEogToken: true})) {
        tokens.push(token);
        if (tokens.length >= count)
            break;
    }
    return tokens;
}

console.log(JSON.stringify({ready: true, threads: context.currentThreads, contextSize: context.contextSize}));
for await (const line of createInterface({input: process.stdin})) {
    const {chats, kept} = JSON.parse(line);
    const answers = await Promise.all(chats.map((chat, at) => answer(open[at], chat, kept)));
    console.log(JSON.stringify({answers}));
}
process.exit(0);
