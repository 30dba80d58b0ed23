/* The brief */

let page = "";
async function showBrief() {
  if (!page) $("brief-state").textContent = "Being made …";
  const query = new URLSearchParams({ topic: $("brief-topic").value, language: $("brief-language").value });
  const { status, value } = await ask(`brief?${query}`);
  if (status !== 200) {
    $("brief-state").textContent = page ? "The last good brief; what is wrong stands above." : "There is no brief yet; what is wrong stands above.";
    showProblems(value.diagnostics, true, value.diagnostics.length);
    $("problems").querySelector("details").open = true;
    return;
  }
  $("brief-state").textContent = "As the desk stands.";
  if (value.page === page) return;
  const place = page ? whereRead() : null;
  page = value.page;
  $("frame").addEventListener("load", () => readOn(place), { once: true });
  $("frame").src = `brief.html?digest=${page}`;
}

function whereRead() {
  const frame = $("frame").contentWindow;
  const named = [...frame.document.querySelectorAll("[id]")].filter((each) => each.getClientRects().length);
  const above = named.findLast((each) => each.getBoundingClientRect().top <= 40) ?? named[0];
  const open = [...frame.document.querySelectorAll("details[open]")].map((each) => each.id).filter(Boolean);
  return { id: above?.id, top: above?.getBoundingClientRect().top ?? 0, y: frame.scrollY, open };
}

function readOn(place) {
  const frame = $("frame").contentWindow;
  frame.document.addEventListener("keydown", (event) => keysAnywhere(event));
  if (!place) return;
  for (const id of place.open) frame.document.getElementById(id)?.setAttribute("open", "");
  const there = place.id && frame.document.getElementById(place.id);
  frame.scrollTo({ top: there ? frame.scrollY + there.getBoundingClientRect().top - place.top : place.y, behavior: "instant" });
}
