import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

function square(number: number): Promise<number> {
  return new Promise((resolve) => new Worker(__filename, { workerData: number }).once("message", resolve));
}

if (isMainThread) {
  Promise.all([0, 1, 2, 3].map(square)).then(console.log);
} else {
  parentPort?.postMessage(workerData ** 2);
}
