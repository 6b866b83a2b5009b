"""The running application without its face: services, threads and channels.

Training, explorer, pictures, project and export services; settings, logging, crash reports;
questions about this computer. Threads live here and only here. `engine` is the one module that
imports the rooms with torch, inside its functions: a window can show before the engine has loaded.

Not responsible for: anything a person sees (`cli`, `desktop`), tensors (`gan` and above), or what
files look like (`project`).
"""
