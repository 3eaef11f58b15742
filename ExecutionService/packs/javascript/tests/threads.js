const { Worker, isMainThread, parentPort, workerData } = require("node:worker_threads");

if (isMainThread) {
  const squares = [0, 1, 2, 3].map(
    (number) => new Promise((resolve) => new Worker(__filename, { workerData: number }).once("message", resolve)),
  );
  Promise.all(squares).then(console.log);
} else {
  parentPort.postMessage(workerData ** 2);
}
