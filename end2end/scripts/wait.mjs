// Waits until an address responds with 200, at most 30 s: node wait.mjs URL
const deadline = Date.now() + 30_000;
for (;;) {
  const answered = await fetch(process.argv[2]).then((answer) => answer.ok, () => false);
  if (answered) break;
  if (Date.now() > deadline) process.exit(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
}
