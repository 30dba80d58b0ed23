/* A new name: an actor, a place, a topic */

function openNaming() {
  const marked = String(getSelection()).trim();
  $("name").value = marked.length <= 80 ? marked : "";
  choose($("name-kind"), desk.actor_kinds.map((each) => [each, each]));
  fill($("name-faults"), []);
  showNameKind();
  $("naming").showModal();
  $("name").focus();
}

function showNameKind() {
  const isActor = $("name-section").value === "actors";
  for (const id of ["name-kind", "name-kind-label"]) $(id).hidden = !isActor;
}

async function addName() {
  const section = $("name-section").value;
  const kind = section === "actors" ? $("name-kind").value : "";
  const name = $("name").value.trim();
  if (!name) return;
  const { status, value } = await ask("names", { section, name, kind });
  if (status !== 201) {
    fill($("name-faults"), diagnosticItems(value.diagnostics, true));
    return;
  }
  await reload(value.desk);
  const field = { actors: "by", topics: "topic" }[section];
  if (field) $(field).value = value.id;
  $("naming").close();
  judgeSoon();
}
