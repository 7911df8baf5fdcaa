// The page inside somebody's <iframe>: its link home leads to what is shown.
const timeline = document.querySelector("annals-timeline");
const home = document.getElementById("home");

function follow(change) {
    const address = new URL(home.href);
    change(address);
    home.href = address;
}

timeline.addEventListener("annals-range", ({detail: {from, to, by}}) => follow(({searchParams}) => {
    if (by === "reset")
        searchParams.delete("date");
    else
        searchParams.set("date", from === to ? from : `${from}/${to}`);
}));

timeline.addEventListener("annals-select", ({detail: {id}}) => follow(address => {
    const state = new URLSearchParams(address.hash.slice(1));
    state.set("e", id);
    address.hash = state.toString();
}));
